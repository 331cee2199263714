import { type ReactElement, useId } from 'react';

/** Something that is on or off, and takes effect at once. */
export function Switch({
  label,
  why,
  isOn,
  onChange,
}: {
  label: string;
  why: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="switch">
      <input
        type="checkbox"
        id={id}
        checked={isOn}
        onChange={({ target }) => onChange(target.checked)}
        aria-describedby={`${id}-why`}
      />
      <label htmlFor={id}>{label}</label>
      <p className="note" id={`${id}-why`}>
        {why}
      </p>
    </div>
  );
}
