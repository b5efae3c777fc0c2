// Checks of the open row while typing: what is to be looked at, under the field, with a mend where there is one.
import { askAgain } from './api.mjs'
import { $, after, button, config, make, say } from './page.mjs'
import { current } from './rows.mjs'
import { flush, onSaved, typed } from './saving.mjs'
import { asker, forOpenRow, segmentPath, shapes, told } from './sides.mjs'

const pause = 600 // milliseconds without a key

function apply(row, { range, text }) {
  row.field.focus()
  row.field.setSelectionRange(range.from, range.to)
  if (!document.execCommand(text ? 'insertText' : 'delete', false, text)) row.field.setRangeText(text, range.from, range.to, 'end')
  typed(row)
}

export function startChecks() {
  const request = asker()
  const list = make('ul', { class: 'checks', 'aria-live': 'polite' })
  async function look(row) {
    const text = row.text
    const found = text.trim() ? await request('POST', segmentPath(row, 'check'), { body: { text } }) : { items: [] }
    if (row !== current || row.text !== text) return
    row.field.after(list)
    list.replaceChildren(...(found?.items ?? []).map((finding) => item(row, finding)), ...(found?.dismissed ?? []).map((finding) => settled(row, finding)))
  }
  function item(row, finding) {
    const line = make('li', { class: finding.severity }, make('span', { 'aria-hidden': 'true' }, shapes[finding.severity] ?? '', ' '), finding.message)
    if (finding.mend) line.append(' ', button(finding.mend.label, () => (apply(row, finding.mend), look(row)), 'plain'))
    if (finding.range) line.append(' ', button(say('show'), () => show(row, finding.range), 'plain small'))
    line.append(' ', button(say('dismiss'), () => dismiss(row, finding, line), 'plain small'))
    return line
  }
  // False: it was not done, and the line says why.
  async function send(line, method, row, finding, body) {
    try {
      await askAgain(method, segmentPath(row, `findings/${finding.id}/dismiss`), { body })
      return true
    } catch (fault) {
      $('.mistake', line)?.remove()
      line.append(told(fault))
      return false
    }
  }
  function settled(row, finding) {
    const back = async () => {
      if (!(await send(line, 'DELETE', row, finding))) return
      look(row)
      renew()
    }
    const why = say('dismissed', { message: finding.message, reason: finding.reason, name: finding.actor })
    const line = make('li', { class: 'note' }, why, ' ', button(say('undo'), back, 'plain small'))
    return line
  }
  function show(row, { from, to }) {
    row.field.focus()
    row.field.setSelectionRange(from, to)
  }
  // The list for the whole text, as the server makes it: of what is saved.
  const waiting = new Set()
  async function renew() {
    await flush()
    dispatchEvent(new Event('dismissed'))
    const page = new DOMParser().parseFromString(await (await fetch(config.page)).text(), 'text/html')
    const before = document.getElementById('dismissed')
    const now = page.getElementById('dismissed')
    if (!now) return
    const isOpen = $('details', before)?.open
    before.replaceWith(now)
    if (isOpen) $('details', now)?.setAttribute('open', '')
  }
  const isListed = ({ id }) => waiting.delete(id) || $(`#dismissed a[href="#s-${CSS.escape(id)}"]`)
  onSaved((batch) => batch.filter(isListed).length && renew())
  // A reason first: the next reader of this text asks for it.
  function dismiss(row, finding, line) {
    const reason = make('input', { 'aria-label': say('reason'), placeholder: say('reason') })
    const post = async () => {
      if (!reason.value.trim()) return reason.focus()
      if (!(await send(line, 'POST', row, finding, { reason: reason.value, text: row.text }))) return reason.focus()
      row.field.focus()
      look(row)
      if (row.dirty) waiting.add(row.id)
      renew()
    }
    reason.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault(), event.stopPropagation(), post()
    })
    line.append(make('span', { class: 'actions' }, reason, button(say('dismiss-send'), post)))
    reason.focus()
  }
  const later = after(pause, (row) => look(row))
  document.getElementById('editor').addEventListener('input', (event) => event.target === current?.field && current.isSegment && later(current))
  forOpenRow(look, () => {
    later.stop()
    list.remove()
    list.replaceChildren()
  })
}
