import { nodeFiles } from '../../src/account/files/node-files.js';

/** From now on nothing is written to a received file before this has resolved, given how much is there. Gives back what ends it. */
export function hinderAppends(before: (bytes: number) => Promise<void>): () => void {
  const openSink = nodeFiles.openSink.bind(nodeFiles);
  const hindered = nodeFiles as { openSink: typeof openSink };
  hindered.openSink = async (...options) => {
    const sink = await openSink(...options);
    let bytes = sink.keptBytes;
    return {
      keptBytes: sink.keptBytes,
      kept: () => sink.kept(),
      append: async (data) => {
        await before(bytes);
        await sink.append(data);
        bytes += data.length;
      },
      finish: () => sink.finish(),
      close: () => sink.close(),
    };
  };
  return () => {
    hindered.openSink = openSink;
  };
}
