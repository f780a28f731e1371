/** What the application is told by its environment. */
export const config = {
  database: process.env.DATABASE_URL,
  port: Number(process.env.PORT ?? 8080),
  mail: { key: process.env.MAIL_KEY, from: 'shop@example.org' },
}
