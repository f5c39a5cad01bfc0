/**
 * A value that only Terraform knows. It is no text, no number and no list, so that nobody takes it for one; an object
 * whose fields only Terraform knows has one field, so that nobody takes it for empty. Equal ones are one object.
 */
export class Computed {
  /** @param source the template that it is computed from: `app.${var.domain}` */
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}
