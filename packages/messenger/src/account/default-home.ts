import envPaths from 'env-paths';

/** GRAVY_HOME, or the platform's folder for the data of programs. */
export function defaultHome(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['GRAVY_HOME'];
  return home === undefined || home === '' ? envPaths('gravy', { suffix: '' }).data : home;
}
