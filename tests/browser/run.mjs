// Runs tests/browser/*.spec.mjs, or those whose name contains an argument, in Chromium against the real binary.
//
// A spec exports `tests`: {'what holds': async (t) => {…}}, and may export `environment` for its server and `testTime`,
// the milliseconds that one test may take. Each spec has a fresh server with the demo content; `t` is
//   t.url      where it listens        t.signIn   the first sign-in link (works once)
//   t.page(o)  a new page in a context of its own; o: Playwright's context options ({locale, colorScheme, viewport})
//   t.audit(p) fails where axe finds a fault by WCAG 2.2 AA
//   t.cli(…)   the same binary's other subcommands on the same database; what they print
// STELE_BINARY and CHROMIUM say where to look instead of build/dev/stele and /usr/bin/chromium. Exit code 77: skipped.
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from './server.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const binary = process.env.STELE_BINARY ?? join(root, 'build/dev/stele')
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const pictures = join(root, 'build/browser')
const testTime = 60_000 // milliseconds
const stepTime = 20_000 // the same for one step, shorter so that what does not come is named
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

function skip(why) {
  console.log(`SKIPPED: the browser tests did not run: ${why}`)
  process.exit(77)
}

function found(name) {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return skip(`${name} is not installed (npm ci --prefix tests)`)
  }
}

const playwright = found('playwright-core')
const axe = found('axe-core/axe.min.js')
if (!existsSync(chromium)) skip(`there is no ${chromium}`)
if (!existsSync(binary)) skip(`${binary} has not been built`)

async function audit(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe })
  // What has scrolled halfway under something that sticks is a small target only until one scrolls back.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
  const faults = await page.evaluate(
    async (tags) => (await globalThis.axe.run(document, { runOnly: tags })).violations,
    wcag,
  )
  if (faults.length === 0) return
  const lines = faults.flatMap((f) => f.nodes.map((n) => `  ${f.id}: ${n.html}\n    ${n.failureSummary}`))
  throw new Error(`axe on ${page.url()}:\n${lines.join('\n')}`)
}

function within(time, work) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${time / 1000} s`)), time)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function runTest(browser, server, name, test, time = testTime) {
  const contexts = []
  const pages = []
  const page = async (options = {}) => {
    // axe comes as a script of ours, which the pages’ own policy would refuse.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options })
    context.setDefaultTimeout(stepTime)
    contexts.push(context)
    pages.push(await context.newPage())
    return pages.at(-1)
  }
  try {
    await within(time, test({ url: server.url, signIn: server.signIn, cli: server.cli, page, audit }))
    console.log(`ok      ${name}`)
    return true
  } catch (error) {
    console.log(`FAILED  ${name}\n${error.stack}`)
    await mkdir(pictures, { recursive: true })
    const file = join(pictures, name.replace(/[^a-z0-9]+/gi, '-') + '.png')
    await pages.at(-1)?.screenshot({ path: file, fullPage: true }).catch(() => {})
    return false
  } finally {
    for (const context of contexts) await context.close()
  }
}

async function runSpec(browser, file) {
  const spec = await import(join(here, file))
  const server = await startServer(binary, spec.environment)
  let failed = 0
  try {
    for (const [name, test] of Object.entries(spec.tests))
      if (!(await runTest(browser, server, `${file.replace('.spec.mjs', '')}: ${name}`, test, spec.testTime))) ++failed
    if (failed) console.log(server.log())
  } finally {
    await server.stop()
  }
  return failed
}

const { chromium: engine } = createRequire(import.meta.url)(playwright)
const specs = (await readdir(here)).filter((f) => f.endsWith('.spec.mjs') && f.includes(process.argv[2] ?? '')).sort()
const browser = await engine.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
let failed = 0
try {
  for (const file of specs) failed += await runSpec(browser, file)
} finally {
  await browser.close()
}
if (failed) console.log(`${failed} failed`)
process.exit(failed || specs.length === 0 ? 1 : 0)
