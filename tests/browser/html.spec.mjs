// What the Nu HTML checker says of every page, as the server sends it.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outcomes, prepare, sitePages, studioPages, waysIn } from './pages.mjs'
import { signIn } from './studio.mjs'

// What it does not know yet: the property is younger than the checker's list.
const known = /“field-sizing”/

function check(folder) {
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar')
  return new Promise((resolve, reject) => {
    execFile('java', ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-Xss4m', '-jar', jar, '--format', 'json', '--exit-zero-always', folder],
      { maxBuffer: 1 << 26 }, (error, _, said) => (error ? reject(error) : resolve(JSON.parse(said).messages)))
  })
}

export const testTime = 90_000

export const tests = {
  'the checker of the W3C finds no error on any page': async (t) => {
    const page = await signIn(t)
    await prepare(t, page)
    const folder = await mkdtemp(join(tmpdir(), 'stele-html-'))
    try {
      const names = []
      const keep = async (name, body) => {
        names.push(name)
        await writeFile(join(folder, `${names.length - 1}.html`), body)
      }
      for (const path of [...studioPages, ...sitePages]) await keep(path, await (await page.request.get(t.url + path)).body())
      const guest = await t.page({ locale: 'en' })
      for (const path of waysIn) await keep(path, await (await guest.request.get(t.url + path)).body())
      for (const [name, go] of Object.entries(outcomes)) {
        const answers = []
        const hear = (response) => response.request().isNavigationRequest() && answers.push(response)
        page.on('response', hear)
        await go(t, page)
        page.off('response', hear)
        await keep(name, await answers.at(-1).body())
      }
      const faults = (await check(folder)).filter((m) => m.type === 'error' && !known.test(m.message))
      const lines = faults.map((m) => `${names[Number(/(\d+)\.html$/.exec(m.url)[1])]}:${m.lastLine}: ${m.message}\n    ${m.extract}`)
      if (lines.length) throw new Error(lines.join('\n'))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
