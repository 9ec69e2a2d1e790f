/** The name with its sign. */
export function BrandMark() {
  return (
    <div className="mark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--accent)" />
        <path
          d="M8 9.5a3 3 0 0 1 4.6-2.5A3 3 0 0 1 15 11.4l5.6 5.6a3 3 0 0 1 4.4 2.4 3 3 0 0 1-2.6 3 3 3 0 0 1-3 2.6 3 3 0 0 1-2.4-4.4L11.4 15A3 3 0 0 1 7 12.6a3 3 0 0 1 1-3.1z"
          fill="var(--on-accent)"
        />
      </svg>
      <span className="brand">Osteon</span>
    </div>
  );
}
