/** The secret of a period, by which its raters get their pseudonyms. Read only where a pseudonym is needed. */
export interface RaterSecretStore {
  /** Hex; null as long as nobody has rated, and from the moment when the period is final and it was destroyed. */
  get(periodId: string): Promise<string | null>;
  /** Makes it if there has never been one; of two that do so at once both get the same. Null: destroyed. */
  ensure(periodId: string): Promise<string | null>;
}
