import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import type { JSX } from 'react';
import { may } from '../api/model';
import { meQuery } from '../api/queries';
import { EmergencyProvider } from '../components/Emergency';
import { Failure, Loading } from '../components/states';
import { SignIn } from '../screens/sign-in/SignIn';
import { MediaProvider } from '../media/MediaProvider';
import { Frame } from './Frame';
import { NotYours } from './NotFound';
import { homeOf, screens } from './screens';

/** Signed in: the frame and the screen. Not signed in: the sign-in, in place, so that a shared address survives it. */
export function Gate(): JSX.Element {
  const { data: me, error, refetch, isPending } = useQuery(meQuery);
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (isPending) return <Loading />;
  if (error) return <Failure fault={error} retry={() => void refetch()} />;
  if (!me) return <SignIn />;
  const home = homeOf(me);
  if (path === '/' && home) return <Navigate to={home.path} replace />;
  const screen = screens.find((each) => path === each.path || path.startsWith(`${each.path}/`));
  const allowed = path !== '/' && (!screen || may(me, screen.right));
  return (
    <MediaProvider>
      <EmergencyProvider>
        <Frame me={me}>{allowed ? <Outlet /> : <NotYours me={me} />}</Frame>
      </EmergencyProvider>
    </MediaProvider>
  );
}
