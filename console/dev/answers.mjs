// What the stand-in server answers with.
export const SECOND = 1e6;
export const HOUR = 3600 * SECOND;
export const uuid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const ok = (body, status = 200, headers = {}) => ({ status, body, headers });
export const items = (all) => ok({ items: all, more: false });
export const gone = () => ok(undefined, 204);
export const problem = (status, key, detail, next, faults) => ({ status, body: { type: 'urn:custodes:problem:x', title: detail, status, detail, next, key: `problem.${key}`, ...(faults && { faults }) } });
export const notFound = () => problem(404, 'not-found', 'There is nothing here, or nothing that you may see.', 'Check the address.');
