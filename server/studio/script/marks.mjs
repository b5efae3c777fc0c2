// What closed rows have to say for themselves: the worst that the checks find in each, and in the head how many there
// are, and how many texts of a machine nobody has read. Both lead to the first.
import { $, after, config, make, say } from './page.mjs'
import { open, rows } from './rows.mjs'
import { onSaved, onState } from './saving.mjs'
import { asker, shapes } from './sides.mjs'

const pause = 1500 // milliseconds after a save: all rows are asked for at once
const rank = { error: 0, warning: 1, note: 2 }

function lead(id, key, list, shape = '') {
  const place = document.getElementById(id)
  const text = shape + say(key, { count: list.length })
  place.hidden = !list.length
  if (place.textContent !== text) place.textContent = text
  place.onclick = (event) => {
    event.preventDefault()
    open(list[0])
  }
}

export function startMarks() {
  const request = asker()
  const all = () => [...rows.values()]
  async function look() {
    const found = await request('GET', config.api + '/checks')
    if (!found) return
    for (const row of all()) $('.mark', row.element)?.remove()
    const marked = []
    for (const { segment, items } of found.items) {
      const row = rows.get(segment)
      const [worst, ...others] = items.sort((a, b) => rank[a.severity] - rank[b.severity])
      if (!row || !worst) continue
      const more = others.length ? ' · ' + say('more', { count: others.length }) : ''
      const shape = make('span', { 'aria-hidden': 'true' }, shapes[worst.severity], ' ')
      row.to.append(make('p', { class: `mark small ${worst.severity}`, id: 'm-' + row.id }, shape, worst.message + more))
      row.describe()
      if (worst.severity !== 'note') marked.push(row)
    }
    lead('count-findings', 'findings', marked, shapes.warning + ' ')
  }
  onSaved(after(pause, look))
  onState(() => lead('count-unread', 'unread', all().filter((row) => $('.origin.machine', row.element))))
  addEventListener('dismissed', look)
  look()
}
