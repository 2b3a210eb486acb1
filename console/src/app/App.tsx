import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { RefusedError, onSignedOut } from '../api/client';
import { NotAsPromisedError } from '../api/decode';
import { endedKey, leave } from '../api/queries';
import { Announcer } from '../components/Announcer';
import { ProofDesk } from '../components/ProveAgain';
import { LanguageProvider } from '../i18n/language';
import { theme } from '../theme';
import { ServerClockProvider } from '../time/server-clock';
import { makeRouter } from './router';

function makeQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        refetchOnWindowFocus: false,
        // What the server refused will be refused again; only silence is worth asking twice.
        retry: (failures, fault) => failures < 2 && !(fault instanceof RefusedError) && !(fault instanceof NotAsPromisedError),
      },
    },
  });
  onSignedOut((told) => {
    leave(queries);
    queries.setQueryData(endedKey, told);
  });
  return queries;
}

export function App(): JSX.Element {
  const [queries] = useState(makeQueries);
  const [router] = useState(makeRouter);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="dark"
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
    >
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <ServerClockProvider>
            <Announcer>
              <RouterProvider router={router} />
              <ProofDesk />
            </Announcer>
          </ServerClockProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
