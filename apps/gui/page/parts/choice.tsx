import { type ReactElement, useId } from 'react';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly why?: string;
}

/** One of a few, each with a line that says what it means. */
export function Choice<T extends string>({
  legend,
  options,
  value,
  onChange,
}: {
  legend: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
}): ReactElement {
  const id = useId();
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <div className="choice-option" key={option.value}>
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={option.why === undefined ? undefined : `${id}-${option.value}-why`}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.why !== undefined && (
            <p className="note" id={`${id}-${option.value}-why`}>
              {option.why}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  );
}
