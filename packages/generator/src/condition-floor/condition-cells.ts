import type { ClinicalTable } from "@osteon/cohort";
import type { Conditions } from "../conditions.ts";
import { cellOfValue } from "../private-copula/public-ranges.ts";

/** Boundaries of the windows, ascending; see {@link cellOfValue}. */
export interface ConditionEdges {
  readonly survivalEdgesDays: readonly number[];
  readonly ageEdgesYears: readonly number[];
}

/*
 * A cell is a course, an age and a metastasis code, each 0 where nothing is asked of it. Courses are numbered
 * 1 died, 2 alive at last contact, then three for each interval j of survival: followed to it (a time alone),
 * died around it (event 1), alive past it (event 0). What is wider always has the lower number.
 */
const anyCourse = 0;
const died = 1;
const alive = 2;
const timedCourses = 3;

const metastasisCells = 3;

/** How many cells there are. */
export function countCells(edges: ConditionEdges): number {
  return courseCells(edges) * ageCells(edges) * metastasisCells;
}

/** Number of the cell that the conditions ask for. */
export function cellOfConditions(edges: ConditionEdges, conditions: Conditions): number {
  const { survivalTimeDays, event, ageYears, metastasis } = conditions;
  const untimed = event === undefined ? anyCourse : event === 1 ? died : alive;
  const course =
    survivalTimeDays === undefined
      ? untimed
      : timedCourses + 3 * cellOfValue(edges.survivalEdgesDays, survivalTimeDays) + untimed;
  const age = ageYears === undefined ? 0 : 1 + cellOfValue(edges.ageEdgesYears, ageYears);
  return cellAt(edges, course, age, metastasis === undefined ? 0 : 1 + metastasis);
}

/** The cells that asking for one thing less leads to, all of lower number. */
export function widerCells(edges: ConditionEdges, cell: number): number[] {
  const { course, age, metastasis } = partsOf(edges, cell);
  return [
    ...widerCourses(course).map((wider) => cellAt(edges, wider, age, metastasis)),
    ...(age === 0 ? [] : [cellAt(edges, course, 0, metastasis)]),
    ...(metastasis === 0 ? [] : [cellAt(edges, course, age, 0)]),
  ];
}

/** How many patients are in each cell. One patient is in many; unknown values are in none that asks for them. */
export function countPatientsInCells(edges: ConditionEdges, clinical: ClinicalTable): Int32Array {
  const counts = new Int32Array(countCells(edges));
  for (let row = 0; row < clinical.event.length; row++) {
    const courses = coursesOf(edges, clinical.survivalTimeDays[row]!, clinical.event[row]!);
    const ages = agesOf(edges, clinical.ageYears[row]!);
    const code = clinical.metastasis[row]!;
    for (const course of courses) {
      for (const age of ages) {
        counts[cellAt(edges, course, age, 0)]!++;
        if (code === 0 || code === 1) counts[cellAt(edges, course, age, 1 + code)]!++;
      }
    }
  }
  return counts;
}

function coursesOf({ survivalEdgesDays }: ConditionEdges, timeDays: number, event: number): number[] {
  if (Number.isNaN(timeDays) || (event !== 0 && event !== 1)) return [anyCourse];
  const own = cellOfValue(survivalEdgesDays, timeDays);
  const courses = [anyCourse, event === 1 ? died : alive];
  for (let j = 0; j < survivalEdgesDays.length - 1; j++) {
    const first = timedCourses + 3 * j;
    const diedAround = event === 1 && Math.abs(own - j) <= 1;
    // Past the whole interval, so past every time in it. The last one has no end to be followed past.
    const alivePast = own > j;
    if (diedAround || alivePast) courses.push(first);
    if (diedAround) courses.push(first + died);
    if (alivePast) courses.push(first + alive);
  }
  return courses;
}

function widerCourses(course: number): number[] {
  if (course === anyCourse) return [];
  if (course < timedCourses) return [anyCourse];
  const untimed = (course - timedCourses) % 3;
  return untimed === anyCourse ? [anyCourse] : [untimed, course - untimed];
}

/** An age is in its own interval's window and in those of the neighbours. */
function agesOf({ ageEdgesYears }: ConditionEdges, ageYears: number): number[] {
  if (Number.isNaN(ageYears)) return [0];
  const own = 1 + cellOfValue(ageEdgesYears, ageYears);
  return [0, ...[own - 1, own, own + 1].filter((age) => age >= 1 && age < ageEdgesYears.length)];
}

function courseCells({ survivalEdgesDays }: ConditionEdges): number {
  return timedCourses + 3 * (survivalEdgesDays.length - 1);
}

function ageCells({ ageEdgesYears }: ConditionEdges): number {
  return ageEdgesYears.length;
}

function cellAt(edges: ConditionEdges, course: number, age: number, metastasis: number): number {
  return (course * ageCells(edges) + age) * metastasisCells + metastasis;
}

function partsOf(edges: ConditionEdges, cell: number) {
  const pair = Math.floor(cell / metastasisCells);
  return {
    course: Math.floor(pair / ageCells(edges)),
    age: pair % ageCells(edges),
    metastasis: cell % metastasisCells,
  };
}
