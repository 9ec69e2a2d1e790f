import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value. */
  readonly fault?: string | undefined;
  readonly type?: "text" | "password" | "date";
  readonly inputMode?: "decimal" | "numeric";
  readonly placeholder?: string;
  readonly rows?: number;
  readonly autoFocus?: boolean;
}

/** A labelled text, with its hint and its fault read out with it. */
export function Field(props: FieldProps) {
  const { label, value, onChange, hint, fault, type = "text", inputMode, placeholder, rows, autoFocus = false } = props;
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={fault !== undefined}
      autoFocus={autoFocus}
      autoComplete="off"
      {...(inputMode && { inputMode })}
    >
      <Label>{label}</Label>
      {rows === undefined ? (
        <Input {...(placeholder !== undefined && { placeholder })} spellCheck="false" />
      ) : (
        <TextArea rows={rows} />
      )}
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="fault">{fault}</FieldError>
    </TextField>
  );
}
