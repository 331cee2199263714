import { type DragEvent, useState } from 'react';

interface Dropping {
  readonly isDraggedOver: boolean;
  readonly dropping: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Files that are dropped onto a part of the page. Anything else that is dragged is left alone. */
export function useDrop({
  send,
  isPossible,
}: {
  send: (files: readonly File[]) => void;
  isPossible: boolean;
}): Dropping {
  const [isDraggedOver, setDraggedOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    // In any case: a file that is left to the browser takes the place of the page.
    event.preventDefault();
    if (isPossible) setDraggedOver(true);
    else event.dataTransfer.dropEffect = 'none';
  };
  const onDragLeave = ({ currentTarget, relatedTarget }: DragEvent): void => {
    const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isInside) setDraggedOver(false);
  };
  const onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDraggedOver(false);
    send([...event.dataTransfer.files]);
  };
  return { isDraggedOver, dropping: { onDragOver, onDragLeave, onDrop } };
}
