// The real binary with the demo content, on a port and a database of its own.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const patience = 60_000 // milliseconds to the line that says where it listens

export async function startServer(binary, environment = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'stele-browser-'))
  const options = {
    cwd: folder,
    env: { ...process.env, STELE_DATABASE: `sqlite:${folder}/stele.db`, STELE_LISTEN: '127.0.0.1:0', ...environment },
  }
  const child = spawn(binary, ['serve', '--demo'], options)
  const cli = async (...args) => (await promisify(execFile)(binary, args, options)).stdout
  let said = ''
  const exited = new Promise((resolve) => child.on('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  const listening = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server does not listen:\n' + said)), patience)
    const hear = (bytes) => {
      said += bytes
      const url = /^listening on (\S+)$/m.exec(said)?.[1]
      if (url) resolve(url), clearTimeout(timer)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    exited.then((code) => reject(new Error(`the server ended with ${code}:\n` + said)))
  })
  try {
    const url = await listening
    return { url, signIn: /sign in\s+(\S+)/.exec(said)?.[1], stop, cli, log: () => said }
  } catch (error) {
    await stop()
    throw error
  }
}
