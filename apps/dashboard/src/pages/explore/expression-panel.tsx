import { useQuery } from "@tanstack/react-query";
import { HeatMap } from "../../charts/heat-map/heat-map.tsx";
import { countOf } from "../../format/format.ts";
import { generate, type GenerationOrder } from "../../service/generate.ts";
import { Panel } from "../../shell/panel.tsx";
import { QueryView } from "../../states/query-view.tsx";

/** Expression of thousands of genes is the heavy part of a patient: the first so many are enough to see its pattern. */
const mostPatients = 60;
const heatMapGenes = 40;

/** Expression of the first patients of an order, which the seed makes the same patients. */
export function ExpressionPanel({ order, unit }: { readonly order: GenerationOrder; readonly unit: string }) {
  const count = Math.min(order.count, mostPatients);
  const query = useQuery({
    queryKey: ["expression", order],
    queryFn: ({ signal }) => generate({ ...order, count }, { parts: "expression", signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return (
    <Panel
      title="Expression"
      note={`${heatMapGenes} genes that vary most, ${countOf(count, "simulated patient")}, in ${unit}`}
    >
      <QueryView query={query}>
        {({ patients }) =>
          patients.length < 3 ? (
            <p className="soft">A heat map needs three patients or more.</p>
          ) : (
            <HeatMap patients={patients} mostGenes={heatMapGenes} />
          )
        }
      </QueryView>
    </Panel>
  );
}
