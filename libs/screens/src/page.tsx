import {
  DataList,
  DataListItem,
  DataListKey,
  DataListValue,
  Heading1,
  Heading2,
  SkipLink,
} from '@utrecht/component-library-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Api } from './api.js';
import { useLanguage, useTexts } from './language.js';
import { Link, useRoute } from './router.js';
import { shared } from './texts.js';

/** A place in the main menu. */
export interface Destination {
  path: string;
  label: string;
  /** How many things wait there. */
  count?: number;
}

interface PageProps {
  /** Name of the index or of the console, in the header and in the title of the window. */
  name: string;
  logo?: string;
  /** Colour of the house, `#rrggbb`, dark enough for white text. */
  colour?: string;
  person?: string;
  /** What always stays in sight below the header. */
  strip?: ReactNode;
  destinations?: readonly Destination[];
  /** The destination that is shown at `/`. */
  home?: string | undefined;
  footer?: ReactNode;
  children: ReactNode;
}

/** The frame of every screen: who this is of, who is logged in, where one can go, and the content. */
export function Page({
  name,
  logo,
  colour,
  person,
  strip,
  destinations = [],
  home,
  footer,
  children,
}: PageProps) {
  const texts = useTexts(shared);
  useEffect(() => {
    if (colour) document.documentElement.style.setProperty('--house-colour', colour);
  }, [colour]);
  return (
    <div className="screens-page">
      <SkipLink href="#content">{texts.skip}</SkipLink>
      <header className="screens-header">
        <div className="screens-header__bar screens-width">
          <Link to="/" look="plain" className="screens-house">
            {logo && <img src={logo} alt="" className="screens-house__logo" />}
            <span className="screens-house__name">{name}</span>
          </Link>
          <div className="screens-person">
            {person && <span className="screens-person__name">{person}</span>}
            <LanguageSwitch />
            {person && (
              <button type="button" className="screens-plain-button" onClick={() => void Api.logOut()}>
                {texts.logOut}
              </button>
            )}
          </div>
        </div>
        {strip && (
          <div className="screens-strip">
            <div className="screens-width">{strip}</div>
          </div>
        )}
      </header>
      {destinations.length > 0 && <Navigation destinations={destinations} home={home} />}
      <main id="content" className="screens-main screens-width" tabIndex={-1}>
        {children}
      </main>
      <footer className="screens-footer">
        <div className="screens-width">{footer ?? name}</div>
      </footer>
    </div>
  );
}

function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const other = language === 'nl' ? 'en' : 'nl';
  return (
    <button type="button" className="screens-plain-button" lang={other} onClick={() => choose(other)}>
      {useTexts(shared).otherLanguage}
    </button>
  );
}

function Navigation({
  destinations,
  home,
}: Required<Pick<PageProps, 'destinations'>> & Pick<PageProps, 'home'>) {
  const texts = useTexts(shared);
  const route = useRoute();
  const path = route.path === '/' && home !== undefined ? home : route.path;
  const [open, setOpen] = useState(false);
  const id = useId();
  useEffect(() => setOpen(false), [path]);
  // the deepest place that one is in
  const here = destinations
    .filter((place) => path === place.path || path.startsWith(`${place.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return (
    <nav className="screens-navigation" aria-label={texts.navigation}>
      <div className="screens-width">
        <button
          type="button"
          className="screens-navigation__toggle"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {texts.menu}
        </button>
        <ul id={id} className={`screens-navigation__list${open ? ' screens-navigation__list--open' : ''}`}>
          {destinations.map((place) => (
            <li key={place.path}>
              <Link
                to={place.path}
                look="plain"
                className="screens-navigation__link"
                aria-current={place === here ? 'page' : undefined}
              >
                {place.label}
                {!!place.count && <span className="screens-count">{place.count}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

/**
 * The heading of a screen, which is also the title of the window. After a step it takes the focus, so that people who hear the screen know where
 * they are; a form that gives its first field the focus says so with `quiet`.
 */
export function PageTitle({
  title,
  windowTitle = title,
  lead,
  quiet = false,
}: {
  title: string;
  /** Where the heading names somebody who is not to be read over a shoulder. */
  windowTitle?: string | undefined;
  lead?: ReactNode;
  quiet?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { steps } = useRoute();
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);
  useEffect(() => {
    if (steps > 0 && !quiet) heading.current?.focus();
  }, [steps, quiet]);
  return (
    <div className="screens-title">
      <Heading1 ref={heading} tabIndex={-1}>
        {title}
      </Heading1>
      {lead && <p className="screens-lead">{lead}</p>}
    </div>
  );
}

/** A part of a screen under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="screens-section" aria-labelledby={id}>
      <Heading2 id={id}>{title}</Heading2>
      {children}
    </section>
  );
}

/** Facts with their names. What is undefined is left out. */
export function Facts({ of }: { of: readonly (readonly [string, ReactNode] | undefined)[] }) {
  return (
    <DataList appearance="rows" className="screens-facts">
      {of.map(
        (fact) =>
          fact?.[1] !== undefined && (
            <DataListItem key={fact[0]}>
              <DataListKey>{fact[0]}</DataListKey>
              <DataListValue>{fact[1]}</DataListValue>
            </DataListItem>
          ),
      )}
    </DataList>
  );
}
