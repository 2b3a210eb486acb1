// All suites in one process: a one-time link signs in once, and they share the sessions.
await import('./pages.test.mjs');
await import('./pictures.test.mjs');
await import('./connection.test.mjs');
await import('./bad-input.test.mjs');
await import('./people.test.mjs');
await import('./groups.test.mjs');
await import('./approvals.test.mjs');
await import('./passkeys.test.mjs');
await import('./emergency.test.mjs');
