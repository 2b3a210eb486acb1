import type { JSX } from 'react';

export function Mark({ className, size = 28 }: { className?: string; size?: number }): JSX.Element {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 28 28" fill="none" stroke="currentColor" strokeWidth="1.8" role="img" aria-label="Custodes">
      <path d="M14 3 24 7v7c0 6-4.2 9.6-10 11.5C8.2 23.6 4 20 4 14V7z" strokeLinejoin="round" />
      <circle cx="14" cy="13.6" r="4.6" />
      <circle cx="14" cy="13.6" r="1.4" fill="currentColor" stroke="none" />
    </svg>
  );
}
