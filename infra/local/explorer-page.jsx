/* The explorer in the browser, bundled by explorer.ts: GraphiQL with ready queries and a choice of who asks. */
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import './explorer-page.css';

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => {
    const name = label === 'json' || label === 'graphql' ? label : 'editor';
    return new Worker(`/explorer/${name}.worker.js`);
  },
};

const TEXTS = {
  id: {
    asks: 'Bertanya sebagai',
    language: 'Bahasa',
    demo: 'Demo di komputer ini saja — bukan produksi',
    copy: 'Salin token',
    copied: 'Tersalin',
  },
  en: {
    asks: 'Ask as',
    language: 'Language',
    demo: 'A demo on this computer only — not production',
    copy: 'Copy token',
    copied: 'Copied',
  },
};

const { identities, examples } = await (await fetch('/explorer/session.json')).json();

function Explorer() {
  const [identity, setIdentity] = useState(0);
  const [language, setLanguage] = useState('id');
  const [copied, setCopied] = useState(false);
  const texts = TEXTS[language];
  const { path, token } = identities[identity];

  const fetcher = useMemo(
    () => async (parameters, options) => {
      const response = await fetch(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-language': language,
          ...(token && { authorization: `Bearer ${token}` }),
          ...options?.headers,
        },
        body: JSON.stringify(parameters),
      });
      return response.json();
    },
    [path, token, language],
  );

  const copyToken = async () => {
    await navigator.clipboard.writeText(token);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };

  return (
    <>
      <header className="kinerja-bar">
        <strong>Kinerja</strong>
        <label>
          {texts.asks}{' '}
          <select value={identity} onChange={(event) => setIdentity(Number(event.target.value))}>
            {identities.map(({ label }, index) => (
              <option key={label.id} value={index}>
                {label[language]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={!token} onClick={copyToken}>
          {copied ? texts.copied : texts.copy}
        </button>
        <label>
          {texts.language}{' '}
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            <option value="id">Indonesia</option>
            <option value="en">English</option>
          </select>
        </label>
        <span className="kinerja-demo">{texts.demo}</span>
      </header>
      <main className="kinerja-explorer">
        {/* sessionStorage: the next start of the demo has other data, and shows its own examples again. */}
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={examples}
          storage={sessionStorage}
          shouldPersistHeaders={false}
        />
      </main>
    </>
  );
}

createRoot(document.getElementById('root')).render(<Explorer />);
