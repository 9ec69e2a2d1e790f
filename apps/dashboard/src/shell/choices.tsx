import { Label } from "react-aria-components/Label";
import { Radio } from "react-aria-components/RadioGroup";
import { RadioGroup } from "react-aria-components/RadioGroup";

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly name: string; readonly isDisabled?: boolean }[];
  readonly isLabelUnseen?: boolean;
}

/** One of a few. */
export function Choices<T extends string>({ label, value, onChange, options, isLabelUnseen = false }: ChoicesProps<T>) {
  return (
    <RadioGroup className="field" value={value} onChange={(chosen) => onChange(chosen as T)} orientation="horizontal">
      <Label className={isLabelUnseen ? "unseen" : "label"}>{label}</Label>
      <div className="choices">
        {options.map(({ value: own, name, isDisabled = false }) => (
          <Radio key={own} value={own} className="choice" isDisabled={isDisabled}>
            {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
