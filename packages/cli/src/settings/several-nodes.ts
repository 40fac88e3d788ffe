import { z } from 'zod'
import { holdsPassword, withoutPassword } from './database-url.ts'
import { commaList, type Setting, serverOnly } from './setting.ts'

/** What makes a server one of several equal ones: a database that they share, and a bus between them. */
export const severalNodesSettings = {
  database: {
    flag: '--database',
    variable: 'OPENSAG_DATABASE',
    placeholder: 'url',
    about:
      'PostgreSQL database to keep everything in, as `postgres://user@host/database`, instead of a file in the data folder. What it leaves out comes from the `PG…` variables and the password file of PostgreSQL (`PGPASSFILE`). A password in it is refused on the command line.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
    shown: (value) => withoutPassword(String(value)),
    asFlag: (text) =>
      holdsPassword(text)
        ? '--database: a password on the command line can be read by every user of this machine. Put the URL into OPENSAG_DATABASE or the configuration file, name a file that contains it with --database-file, or leave the password out and write it into ~/.pgpass.'
        : undefined,
  },
  databaseFile: {
    flag: '--database-file',
    variable: 'OPENSAG_DATABASE_FILE',
    placeholder: 'file',
    about: 'File that contains the URL of --database, with its password. Only its owner may read it.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  bus: {
    flag: '--bus',
    variable: 'OPENSAG_BUS',
    placeholder: 'servers',
    about:
      'Servers of NATS by which several nodes of one --database reach the gateways of each other, comma-separated: `tls://a,b,c`. Only on this machine they may be without TLS: `nats://127.0.0.1`. Without it, one server uses the database.',
    schema: commaList.optional(),
    programs: serverOnly,
  },
  busSeedFile: {
    flag: '--bus-seed-file',
    variable: 'OPENSAG_BUS_SEED_FILE',
    placeholder: 'file',
    about: 'File that contains the seed (SU…) of the NKey that the servers of --bus know. Only its owner may read it.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  busCa: {
    flag: '--bus-ca',
    variable: 'OPENSAG_BUS_CA',
    placeholder: 'file',
    about: 'Certificate (PEM) of the private authority that signed those of the servers of --bus.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
} satisfies Readonly<Record<string, Setting>>
