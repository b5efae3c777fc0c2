// What was typed and is not saved yet, kept in this browser: for each account, article, language and segment
// {text, base, version, at}; `base` is the saved text that it was typed over. Law: nothing typed is ever lost.
import { config } from './page.mjs'

const prefix = `stele:draft:${config.account}:${config.article}:${config.locale}:`

export let kept = true // false: this browser keeps nothing (its room is used up, or it is told not to)

export function put(id, text, base, version) {
  try {
    localStorage.setItem(prefix + id, JSON.stringify({ text, base, version, at: Date.now() }))
    kept = true
  } catch {
    kept = false
  }
}

export function drop(id) {
  try {
    localStorage.removeItem(prefix + id)
  } catch {
    // there was none
  }
}

export function all() {
  const drafts = new Map()
  try {
    for (let i = 0; i < localStorage.length; ++i) {
      const key = localStorage.key(i)
      if (key.startsWith(prefix)) drafts.set(key.slice(prefix.length), JSON.parse(localStorage.getItem(key)))
    }
  } catch {
    // this browser keeps nothing
  }
  return drafts
}
