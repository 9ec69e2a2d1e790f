import { agreementOf } from "./agreement-metric.ts";
import type { Metric } from "./metric.ts";

/**
 * Co-occurrence and mutual exclusivity: agreement of the shrunken log-odds ratios of alteration pairs. Copy-number
 * alterations of one amplicon go together whatever happens, so pairs of two kinds are judged apart.
 */
export const alterationLogOddsAgreements: readonly Metric[] = [
  agreementOf({
    name: "mutation_log_odds_agreement",
    title: "mutations meet as often",
    group: "biology",
    over: "pairs of mutated genes",
    effects: ({ alterationLogOdds }) => alterationLogOdds.mutations,
  }),
  agreementOf({
    name: "copy_number_log_odds_agreement",
    title: "gains and losses meet as often",
    group: "biology",
    over: "pairs of gains and losses",
    effects: ({ alterationLogOdds }) => alterationLogOdds.copyNumber,
  }),
  agreementOf({
    name: "mutation_gain_log_odds_agreement",
    title: "mutations meet the same gains",
    group: "biology",
    over: "pairs of a mutation with a gain or loss",
    effects: ({ alterationLogOdds }) => alterationLogOdds.across,
  }),
];
