import { useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components/Button";
import { Link, useLocation } from "wouter";
import { signOut } from "../service/session.ts";
import { BrandMark } from "./brand-mark.tsx";
import { pages } from "./pages.ts";
import { useSession } from "./session-context.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** At the side of a wide screen; on a telephone the pages are at the foot. */
export function Navigation() {
  const [location] = useLocation();
  const { principal, scopes } = useSession();
  const queries = useQueryClient();
  const leave = async (): Promise<void> => {
    await signOut();
    // Nothing that was shown stays in memory.
    queries.clear();
    await queries.resetQueries();
    window.location.assign("/app/");
  };
  return (
    <div className="side">
      <BrandMark />
      <nav aria-label="Pages">
        <ul className="pages">
          {pages.map(({ path, name, icon }) => {
            const isHere = path === "/" ? location === "/" : location.startsWith(path);
            return (
              <li key={path}>
                <Link href={path} aria-current={isHere ? "page" : undefined}>
                  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
                    <path d={icon} strokeLinecap="round" strokeLinejoin="round" />
                  </svg>
                  {name}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="account">
        <ThemeSwitch />
        <div className="who">{principal}</div>
        <div className="scopes">{scopes.includes("admin") ? "may do everything" : scopes.join(", ")}</div>
        <Button className="button quiet" onPress={() => void leave()}>
          Sign out
        </Button>
      </div>
    </div>
  );
}
