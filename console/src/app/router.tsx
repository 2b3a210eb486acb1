import {
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type AnyRouter,
} from '@tanstack/react-router';
import { searchText } from './address';
import { Gate } from './Gate';
import { NotFound } from './NotFound';
import { SignIn } from '../screens/sign-in/SignIn';
import { auditSearch } from '../screens/audit/address';
import { playbackSearch } from '../screens/playback/address';
import { systemSearch } from '../screens/system/address';
import { watchSearch } from '../screens/watch/address';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Pages for people who are not signed in yet. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignIn,
});
const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  component: lazyRouteComponent(() => import('../screens/enrol/Enrol'), 'Enrol'),
});

/** Everything else asks who you are first, at the same address. */
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Gate });
const first = createRoute({ getParentRoute: () => inside, path: '/', component: () => null });
const pair = createRoute({
  getParentRoute: () => inside,
  path: '/pair/$code',
  component: lazyRouteComponent(() => import('../screens/pair/Pair'), 'Pair'),
});
const watch = createRoute({
  getParentRoute: () => inside,
  path: '/watch',
  validateSearch: watchSearch,
  component: lazyRouteComponent(() => import('../screens/watch/Watch'), 'Watch'),
});
const playback = createRoute({
  getParentRoute: () => inside,
  path: '/playback',
  validateSearch: playbackSearch,
  component: lazyRouteComponent(() => import('../screens/playback/Playback'), 'Playback'),
});
const cameras = createRoute({
  getParentRoute: () => inside,
  path: '/cameras',
  component: lazyRouteComponent(() => import('../screens/cameras/Cameras'), 'Cameras'),
});
const camera = createRoute({
  getParentRoute: () => inside,
  path: '/cameras/$id',
  component: lazyRouteComponent(() => import('../screens/cameras/CameraPage'), 'CameraPage'),
});
const groups = createRoute({
  getParentRoute: () => inside,
  path: '/cameras/groups',
  component: lazyRouteComponent(() => import('../screens/cameras/Groups'), 'Groups'),
});
const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  component: lazyRouteComponent(() => import('../screens/people/People'), 'People'),
});
const roles = createRoute({
  getParentRoute: () => inside,
  path: '/people/roles',
  component: lazyRouteComponent(() => import('../screens/people/Roles'), 'Roles'),
});
const mine = createRoute({
  getParentRoute: () => inside,
  path: '/me',
  component: lazyRouteComponent(() => import('../screens/me/Me'), 'MyData'),
});
const approvals = createRoute({
  getParentRoute: () => inside,
  path: '/approvals',
  component: lazyRouteComponent(() => import('../screens/approvals/Approvals'), 'Approvals'),
});
const audit = createRoute({
  getParentRoute: () => inside,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../screens/audit/Audit'), 'Audit'),
});
const system = createRoute({
  getParentRoute: () => inside,
  path: '/system',
  validateSearch: systemSearch,
  component: lazyRouteComponent(() => import('../screens/system/System'), 'System'),
});
const index = createRoute({
  getParentRoute: () => root,
  path: '/index.html',
  beforeLoad: () => {
    // A thrown redirect is how the router is told to go elsewhere.
    throw redirect({ to: '/' });
  },
});

const routes = root.addChildren([
  signIn,
  enrol,
  index,
  inside.addChildren([first, pair, watch, playback, cameras, groups, camera, people, roles, mine, approvals, audit, system]),
]);

export function makeRouter() {
  return createRouter({
    routeTree: routes,
    // Plain `?cameras=a,b&at=…`: an address is read aloud, mailed and typed.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => searchText(search),
    defaultPreload: 'intent',
    scrollRestoration: false,
  }) satisfies AnyRouter;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
