import type { FileInfo } from '@gravy/messenger';
import type { ReactElement } from 'react';
import type { Conversation } from '../../conversation/conversation.js';
import { fetchFile, save } from '../../gravy/file-transport.js';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Problem } from '../../parts/problem.js';
import { sizeText } from '../../parts/sizes.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';
import { Picture } from './picture.js';

const words = WORDS.file;

/** A file or folder that is offered, on its way, or there. */
export function FileCard({
  file,
  conversation,
}: {
  file: FileInfo;
  conversation: Conversation;
}): ReactElement {
  const { name, size, folder, direction, state, reason, path } = file;
  const isMoving = state === 'transferring' || state === 'paused';
  const isHere = direction === 'in' && state === 'done';
  return (
    <div className="file">
      <p className="file-name">
        <bdi>{name}</bdi>
      </p>
      <p className="note">
        {folder && `${words.folder}, `}
        {sizeText(size)}, {words.states[direction][state]}
      </p>
      {isMoving && <Progress file={file} rate={conversation.rates.get(file.id)} />}
      {reason !== undefined && (state === 'failed' || state === 'paused') && (
        <Problem text={reason} />
      )}
      {isHere && !folder && <Picture file={file} />}
      {isHere && path !== undefined && (
        <p className="note">
          {words.at} <bdi className="file-path">{path}</bdi>
        </p>
      )}
      <FileButtons file={file} conversation={conversation} />
    </div>
  );
}

function Progress({ file, rate }: { file: FileInfo; rate: number | undefined }): ReactElement {
  const { name, bytes, size } = file;
  const percent = size === 0 ? 100 : Math.floor((bytes / size) * 100);
  const isMoving = file.state === 'transferring' && rate !== undefined && rate > 0;
  return (
    <div className="file-progress">
      <progress value={bytes} max={Math.max(1, size)} aria-label={words.progress(name)} />
      <p className="note">
        {words.percent(percent)}
        {isMoving &&
          `, ${words.perSecond(sizeText(rate))}, ${words.left(Math.ceil((size - bytes) / rate))}`}
      </p>
    </div>
  );
}

function FileButtons({
  file,
  conversation,
}: {
  file: FileInfo;
  conversation: Conversation;
}): ReactElement {
  const page = usePage();
  const { id, contact, direction, state, name, folder } = file;
  const { run, isBusy, problem, setProblem } = useAction(
    async (method: 'file.accept' | 'file.decline' | 'file.cancel') => {
      await page.call(method, { id, contact });
      await conversation.readNewest();
    },
  );
  const keep = (): void => {
    fetchFile(page.link, id, contact).then(
      (blob) => save(blob, name),
      () => setProblem(page.link.isOpen ? words.gone : WORDS.link.notNow),
    );
  };
  const isOpen = state === 'offered' || state === 'transferring' || state === 'paused';
  const isOffered = direction === 'in' && state === 'offered';
  return (
    <>
      <Problem text={problem} />
      <div className="buttons">
        {isOffered && (
          <>
            <Button kind="main" isBusy={isBusy} onClick={() => void run('file.accept')}>
              {words.accept}
            </Button>
            <Button isBusy={isBusy} onClick={() => void run('file.decline')}>
              {words.decline}
            </Button>
          </>
        )}
        {direction === 'in' && state === 'paused' && (
          <Button isBusy={isBusy} onClick={() => void run('file.accept')}>
            {words.resume}
          </Button>
        )}
        {isOpen && !isOffered && (
          <Button isBusy={isBusy} onClick={() => void run('file.cancel')}>
            {words.cancel}
          </Button>
        )}
        {direction === 'in' && state === 'done' && !folder && (
          <Button onClick={keep}>{words.save}</Button>
        )}
      </div>
    </>
  );
}
