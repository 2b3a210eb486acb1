import './theme';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { watchEscape } from './components/escape';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');
watchEscape(window);
createRoot(root).render(<App />);
