import type { Settings } from '@gravy/messenger';
import { useEffect } from 'react';

/** Light or dark as the person chose; by the system if they did not. */
export function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
}
