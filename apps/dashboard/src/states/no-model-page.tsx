import { StatePage } from "./state-page.tsx";

export function NoModelPage() {
  return (
    <StatePage title="There is no model on air yet">
      <p>Train one, take it into the registry and promote it; this page shows it within seconds.</p>
      <pre>
        {
          "osteon run\nosteon models add --model osteon-data/run\nosteon models promote VERSION --key osteon-data/run/keys/identity.txt"
        }
      </pre>
      <p className="soft small">Versions that are in the registry already can be promoted under “Models”.</p>
    </StatePage>
  );
}
