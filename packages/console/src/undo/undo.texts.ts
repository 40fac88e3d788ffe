import { texts } from '../app/texts.ts'

export const undoTexts = texts(
  {
    done: 'Undone. It is as it was before.',
    changedSince: 'Not undone: it has been changed again since.',
    failed: (why: string) => `Not undone. ${why}`,
  },
  {
    done: '已撤销，恢复为之前的状态。',
    changedSince: '未撤销：之后又有新的修改。',
    failed: (why) => `未撤销。${why}`,
  },
)
