// Loaded into every measured process: it ends when the one that measures is gone, however that happened.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
