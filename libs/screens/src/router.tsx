import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
} from 'react';

/** Where somebody is: a path of this site. It never holds anything about a person. */
export interface Route {
  path: string;
  /** How many steps were made since the screens were opened; 0 for the first page, which the browser itself announces. */
  steps: number;
}

const MOVED = 'screens:moved';
const RouteContext = createContext<Route>({ path: '/', steps: 0 });

/** Goes to another page without loading anew. */
export function navigate(path: string): void {
  window.history.pushState(null, '', path);
  window.dispatchEvent(new Event(MOVED));
}

export function RouterProvider({ children }: { children: ReactNode }) {
  const [route, setRoute] = useState<Route>({ path: window.location.pathname, steps: 0 });
  useEffect(() => {
    const moved = () => {
      setRoute(({ steps }) => ({ path: window.location.pathname, steps: steps + 1 }));
      window.scrollTo(0, 0);
    };
    window.addEventListener(MOVED, moved);
    window.addEventListener('popstate', moved);
    return () => {
      window.removeEventListener(MOVED, moved);
      window.removeEventListener('popstate', moved);
    };
  }, []);
  return <RouteContext value={useMemo(() => route, [route])}>{children}</RouteContext>;
}

export const useRoute = (): Route => useContext(RouteContext);

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  to: string;
  look?: 'link' | 'button' | 'subtle' | 'plain';
};

const LOOKS = {
  link: 'utrecht-link utrecht-link--html-a',
  button: 'utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action',
  subtle: 'utrecht-button utrecht-button--subtle screens-subtle-link',
  plain: '',
};

/** A link to another page of these screens; a real one, so that it opens in a tab as well. */
export function Link({ to, look = 'link', className = '', onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
      return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={to} className={`${LOOKS[look]} ${className}`.trim()} onClick={follow} />;
}
