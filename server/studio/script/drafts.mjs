// What was typed and is not saved yet, kept in this browser: for each account, article, language and place
// {text, base, version, at}; `base` is the saved text that it was typed over. Places: segments, fields of a source
// ("field:NAME"), comments ("say:…"). Law: nothing typed is ever lost.
import { config } from './page.mjs'

const prefix = `stele:draft:${config.account}:${config.article}:${config.locale}:`
const here = new Map() // as long as the page is open, where the browser keeps nothing

export let kept = true // false: this browser keeps nothing (its room is used up, or it is told not to)

export function put(id, text, base, version) {
  const draft = JSON.stringify({ text, base, version, at: Date.now() })
  here.set(id, draft)
  try {
    localStorage.setItem(prefix + id, draft)
    kept = true
  } catch {
    kept = false
  }
}

export function drop(id) {
  here.delete(id)
  try {
    localStorage.removeItem(prefix + id)
  } catch {
    // there was none
  }
}

export function get(id) {
  try {
    return JSON.parse(localStorage.getItem(prefix + id) ?? here.get(id) ?? 'null')
  } catch {
    return null
  }
}

// What earlier visits could not save, the newest first: [{key, id, text, base, version, at}]. Each moves to a key of its
// own ("ID@AT"), so that nothing typed from now on is written over it.
export function offered() {
  const list = []
  try {
    const ids = Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
    for (const found of ids.filter((id) => !id.startsWith('say:'))) {
      const draft = get(found)
      const [id, at] = found.split('@')
      const key = `${id}@${at ?? draft.at}`
      if (!at) {
        localStorage.setItem(prefix + key, JSON.stringify(draft))
        drop(found)
      }
      list.push({ ...draft, key, id })
    }
  } catch {
    kept = false
  }
  return list.sort((a, b) => b.at - a.at)
}
