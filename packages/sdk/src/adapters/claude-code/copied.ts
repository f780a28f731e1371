/** Reason for leaving out lines that another transcript holds as well, in the words of the report. */
export const copied = 'history copied from another transcript'
