// Where a site has more people than a list shows, names are looked up while one is being typed.
import { ask } from './api.mjs'

const pause = 200 // ms without a key
for (const list of document.querySelectorAll('datalist[data-people]')) {
  for (const field of document.querySelectorAll(`input[list="${list.id}"]`)) {
    let timer
    field.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(async () => {
        // Work is given to who may translate into the language that is chosen beside.
        const tongue = field.name === 'account' ? field.form?.elements.locale?.value : ''
        const where = tongue ? '&locale=' + encodeURIComponent(tongue) : ''
        const found = await ask('GET', `/api/v1/people?limit=20&q=${encodeURIComponent(field.value)}${where}`).catch(() => null)
        if (found) list.replaceChildren(...found.body.items.map((person) => new Option('', person.name)))
      }, pause)
    })
  }
}
