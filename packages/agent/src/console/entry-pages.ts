import { html } from './html.ts'
import { deviceFacts, type Frame, type Note, noteBox, page } from './page.ts'

/** D: the first visit asks to set the password; there is no factory password. */
export function setupPage(frame: Frame, asksForCode: boolean, note?: Note): string {
  const { texts } = frame
  return page(
    frame,
    texts.setupTitle,
    'narrow',
    html`<section class="card">
<h1>${texts.setupTitle}</h1>
${deviceFacts(frame)}
${noteBox(note)}
<p class="lead">${texts.setupLead}</p>
<form method="post" action="/setup">
${usernameField(frame)}
${asksForCode ? codeField(frame, frame.texts.setupCodeHint) : undefined}
${passwordField('password', texts.password, 'new-password', 'autofocus', texts.rule)}
${passwordField('repeat', texts.passwordAgain, 'new-password', '')}
<p class="submit"><button>${texts.setupButton}</button></p>
</form>
</section>`,
  )
}

/** @param asksForCode only where it is of use: it saves the waiting that others caused */
export function loginPage(frame: Frame, asksForCode = false, note?: Note): string {
  const { texts } = frame
  return page(
    frame,
    texts.loginTitle,
    'narrow',
    html`<section class="card">
<h1>${texts.loginTitle}</h1>
${deviceFacts(frame)}
${noteBox(note)}
<form method="post" action="/login">
${usernameField(frame)}
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
${asksForCode ? codeField(frame, frame.texts.loginCodeHint) : undefined}
<p class="submit"><button>${texts.loginButton}</button></p>
</form>
<p class="hint">${texts.loginForgotten}</p>
</section>`,
  )
}

export function messagePage(frame: Frame, text: string): string {
  const { texts } = frame
  return page(
    frame,
    text,
    'narrow',
    html`<section class="card"><h1>${text}</h1><p><a href="/">${texts.back}</a></p></section>`,
  )
}

/** Fixed, but there: password managers keep a name with the password. */
function usernameField({ texts }: Frame): ReturnType<typeof html> {
  return html`<label for="username">${texts.username}</label>
<input id="username" name="username" value="admin" autocomplete="username" readonly>`
}

function codeField({ texts }: Frame, hint: string): ReturnType<typeof html> {
  return html`<label for="code">${texts.code}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" aria-describedby="code-hint">
<p class="hint" id="code-hint">${hint}</p>`
}

function passwordField(
  name: string,
  label: string,
  autocomplete: string,
  extra: 'autofocus' | '',
  hint?: string,
): ReturnType<typeof html> {
  const description = hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="password" autocomplete="${autocomplete}" required
 minlength="8" maxlength="30" pattern="[A-Za-z0-9_]{8,30}" ${hint === undefined ? '' : html`aria-describedby="${name}-hint"`} ${extra}>
${description}`
}
