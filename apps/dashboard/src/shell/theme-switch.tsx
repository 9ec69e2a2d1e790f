import { Button } from "react-aria-components/Button";
import { setTheme, useTheme, type Theme } from "./theme.ts";

const following: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const names: Readonly<Record<Theme, string>> = { system: "as the system", light: "light", dark: "dark" };

/** Goes from the system's colours to light to dark. */
export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <Button className="button quiet" onPress={() => setTheme(following[theme])}>
      <span className="unseen">Colours: </span>
      <svg width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />
      </svg>
      <span className="theme-name">{names[theme]}</span>
    </Button>
  );
}
