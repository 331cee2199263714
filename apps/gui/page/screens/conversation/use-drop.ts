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
export function useDrop(send: (files: readonly File[]) => void): Dropping {
  const [isDraggedOver, setDraggedOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDraggedOver(true);
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
