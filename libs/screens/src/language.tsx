import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { reasonIn } from './reasons.js';

export type Language = 'nl' | 'en';
/** The same texts in both languages. The English ones have the shape of the Dutch. */
export interface Texts<T> {
  nl: T;
  en: T;
}

const KEY = 'language';
const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'nl',
  choose: () => undefined,
});

/** Dutch, unless somebody chose English before in this browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    window.localStorage.getItem(KEY) === 'en' ? 'en' : 'nl',
  );
  useEffect(() => {
    document.documentElement.lang = language;
    window.localStorage.setItem(KEY, language);
  }, [language]);
  const value = useMemo(() => ({ language, choose: setLanguage }), [language]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

export const useLanguage = () => useContext(LanguageContext);

/** The texts in the chosen language. */
export const useTexts = <T,>(texts: Texts<T>): T => texts[useLanguage().language];

/** Gives what the API says in the chosen language, and as it is where there is no English for it. */
export function useReasons(): (said: string) => string {
  const { language } = useLanguage();
  return (said) => reasonIn(language, said) ?? said;
}
