// Both suites in one process: a one-time link signs in once, and they share the sessions.
import './pages.test.mjs';
import './pictures.test.mjs';
