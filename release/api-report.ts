// The public declarations of a library as one text per entry point, in `api/` beside its package.json, by API Extractor.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import type { PublishedPackage } from './published.ts';

interface Entry {
  readonly name: string;
  readonly declarations: string;
}

/** `.` is called index, `./node` is called node. */
function entriesOf({ folder, manifest }: PublishedPackage): readonly Entry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'string' || target['types'] === undefined
      ? []
      : [
          {
            name: path === '.' ? 'index' : path.slice(2).replaceAll('/', '-'),
            declarations: join(folder, target['types']),
          },
        ],
  );
}

/** @returns whether the report is as checked in */
function report(
  published: PublishedPackage,
  entry: Entry,
  isWriting: boolean,
  temporary: string,
): boolean {
  const { folder } = published;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entry.declarations,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2024',
            lib: ['ES2024', 'ESNext.Disposable'],
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          files: [entry.declarations],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${entry.name}.api.md`,
        reportFolder: join(folder, 'api'),
        reportTempFolder: temporary,
        // The shape of what is not exported by name is a part of the API where something exported has it.
        includeForgottenExports: true,
      },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
  });
  const { apiReportChanged, succeeded, errorCount } = Extractor.invoke(config, {
    localBuild: isWriting,
    messageCallback: (message) => {
      // It would say that each report differs in words that name no command of ours.
      if (message.messageId.startsWith('console-')) message.handled = true;
    },
  });
  if (errorCount > 0) return false;
  return isWriting || (succeeded && !apiReportChanged);
}

/**
 * Compares the API of a package as built with what is checked in, or writes it there.
 * @returns what differs, in words for people; empty if nothing does
 */
export function changesOfApi(published: PublishedPackage, isWriting: boolean): readonly string[] {
  const temporary = mkdtempSync(join(tmpdir(), 'gravy-api-'));
  try {
    const entries = entriesOf(published);
    if (isWriting && entries.length > 0) {
      mkdirSync(join(published.folder, 'api'), { recursive: true });
    }
    return entries
      .filter((entry) => !report(published, entry, isWriting, temporary))
      .map(
        ({ name }) =>
          `the API differs from api/${name}.api.md; if it is meant to, run "npm run api-reports" and commit`,
      );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
