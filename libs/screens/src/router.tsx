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
  /** One visit to a screen, which may be several steps with an entry in the history each. A later visit to the same screen is another one. */
  visit: string;
  /** How many steps were made since the screens were opened; 0 for the first page, which the browser itself announces. */
  steps: number;
}

const MOVED = 'screens:moved';
const RouteContext = createContext<Route>({ path: '/', visit: '', steps: 0 });

let visits = 0;
/** Visits outlive a reload in the history of the browser, so their names do not begin anew. */
const newVisit = (): string => `${performance.timeOrigin.toString(36)} ${++visits}`;

/** The visit of the entry of the history where somebody is. */
function visitHere(): string {
  const { visit } = (window.history.state ?? {}) as { visit?: string };
  if (visit !== undefined) return visit;
  const begun = newVisit();
  window.history.replaceState({ visit: begun }, '');
  return begun;
}

/** Goes to another page without loading anew: it begins a new visit, also of the page that is shown. */
export function navigate(path: string): void {
  window.history.pushState({ visit: newVisit() }, '', path);
  window.dispatchEvent(new Event(MOVED));
}

/**
 * Goes to another step of this visit, which keeps what `useKept` holds.
 * @param instead in the place of the present step: Back does not lead there any more
 */
export function goToStep(path: string, { instead = false } = {}): void {
  const state = { visit: visitHere() };
  if (instead) window.history.replaceState(state, '', path);
  else window.history.pushState(state, '', path);
  window.dispatchEvent(new Event(MOVED));
}

/** Goes to the step before, as the browser's own button does. */
export const goBack = (): void => window.history.back();

const routeNow = (steps: number): Route => ({ path: window.location.pathname, visit: visitHere(), steps });

export function RouterProvider({ children }: { children: ReactNode }) {
  const [route, setRoute] = useState<Route>(() => routeNow(0));
  useEffect(() => {
    const moved = () => {
      setRoute(({ steps }) => routeNow(steps + 1));
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
