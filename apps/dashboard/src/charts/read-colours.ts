/** Colours of the style sheet as a canvas takes them, in whatever scheme is shown. */
export function readColours<const N extends string>(element: HTMLElement, names: readonly N[]): Record<N, string> {
  const before = element.style.color;
  const colours = names.map((name) => {
    element.style.color = `var(--${name})`;
    return [name, getComputedStyle(element).color] as const;
  });
  element.style.color = before;
  return Object.fromEntries(colours) as Record<N, string>;
}
