import { type Html, html } from './html.ts'
import type { Language, Texts } from './texts.ts'

/** What stands around every page. */
export interface Frame {
  readonly language: Language
  readonly texts: Texts
  readonly device: { readonly serial: string; readonly model: string; readonly version: string }
  /** The form token, where somebody is logged in. */
  readonly formToken?: string | undefined
}

export interface Note {
  readonly kind: 'good' | 'bad'
  readonly text: string
}

export function page(frame: Frame, title: string, width: 'narrow' | 'wide', body: Html): string {
  const { language, texts, device, formToken } = frame
  const other: Language = language === 'en' ? 'zh' : 'en'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${device.serial}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><div class="bar">
<div class="brand">OpenSAG<span>${texts.console}</span></div>
<div class="end">
<a href="/language?to=${other}" lang="${other}" hreflang="${other}" aria-label="${texts.switchLabel}">${texts.switchTo}</a>
${formToken === undefined ? undefined : logoutForm(texts, formToken)}
</div>
</div></header>
<main class="${width}">
${body}
</main>
</body>
</html>
`.markup
}

export function deviceFacts({ texts, device }: Frame): Html {
  const fact = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<dl class="device">
${fact(texts.model, device.model)}
${fact(texts.serial, device.serial)}
</dl>`
}

export function noteBox(note: Note | undefined): Html {
  if (note === undefined) return html``
  return html`<p class="note ${note.kind}" role="${note.kind === 'bad' ? 'alert' : 'status'}">${note.text}</p>`
}

function logoutForm(texts: Texts, formToken: string): Html {
  return html`<form method="post" action="/logout">
<input type="hidden" name="token" value="${formToken}">
<button class="plain">${texts.logout}</button>
</form>`
}
