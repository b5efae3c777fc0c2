// Texts that an earlier visit could not save, offered back beside what is saved. Each stays until somebody has said what
// is to become of it, whatever is typed meanwhile.
import { hideBoth, showBoth } from './both.mjs'
import * as drafts from './drafts.mjs'
import { ago, button, make, say } from './page.mjs'
import { open, rows } from './rows.mjs'
import { typed } from './saving.mjs'

// The newest of one row; older ones after it.
function offer(row, [draft, ...older]) {
  const words = {
    lead: say('draft', { time: ago(draft.at) }),
    hint: say(draft.base === row.base ? 'draft-hint' : 'draft-changed'),
    mine: say('draft-use'),
    theirs: say('draft-drop'),
  }
  const settle = () => {
    hideBoth(row)
    drafts.drop(draft.key)
    row.field.focus()
    if (older.length) offer(row, older)
  }
  showBoth(row, draft.text, words, {
    mine() {
      row.replace(draft.text)
      typed(row)
      settle()
    },
    theirs: settle,
  })
}

// A text whose part the source has no more can only be shown.
function offerOrphan({ key, text, at }) {
  const box = make('div', { class: 'alert' }, make('p', {}, say('draft', { time: ago(at) }) + '. ' + say('gone')), make('blockquote', { dir: 'auto' }, text))
  box.append(button(say('draft-drop'), () => (drafts.drop(key), box.remove())))
  document.getElementById('offers').append(box)
}

export function offerDrafts() {
  const offered = new Map()
  for (const draft of drafts.offered()) {
    const row = rows.get(draft.id)
    const list = offered.get(row) ?? []
    if (!row) offerOrphan(draft)
    else if (draft.text === row.base || list.some(({ text }) => text === draft.text)) drafts.drop(draft.key)
    else offered.set(row, [...list, draft])
  }
  if (!offered.size) return
  for (const [row, list] of offered) offer(row, list)
  const show = button(say('drafts-show'), () => open([...offered.keys()][0]))
  document.getElementById('offers').append(
    make('div', { class: 'notice ask', role: 'status' }, make('p', {}, say('drafts', { count: offered.size })), show),
  )
}
