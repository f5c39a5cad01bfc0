import { type HclCase, expectCode } from './imported-hcl';

const cases: readonly HclCase[] = [
  {
    name: 'a reference as a typed reference, under the name that the type has now',
    hcl: `
      resource "kubernetes_namespace" "apps" {
        metadata { name = "apps" }
      }
      resource "kubernetes_config_map" "web" {
        metadata {
          name      = "web"
          namespace = kubernetes_namespace.apps.metadata.0.name
        }
      }`,
    code: ["resource('kubernetes_namespace_v1', 'apps'", 'namespace: apps.ref.metadata[0].name'],
    json: {
      resource: {
        kubernetes_namespace_v1: { apps: { metadata: { name: 'apps' } } },
        kubernetes_config_map_v1: {
          web: { metadata: { name: 'web', namespace: '${kubernetes_namespace_v1.apps.metadata[0].name}' } },
        },
      },
    },
  },
  {
    name: 'a variable with its type, its default taken literally, and conditions on itself',
    hcl: `
      variable "sizes" {
        type        = map(object({ size = string, count = optional(number, 1) }))
        default     = { a = { size = "$${'$'}{literal}" } }
        description = "How large"
        validation {
          condition     = length(var.sizes) > 0
          error_message = "none"
        }
      }`,
    code: ["variable('sizes'", 'validation: (value) => ['],
    json: {
      variable: {
        sizes: {
          type: 'map(object({ size = string, count = optional(number, 1) }))',
          description: 'How large',
          default: { a: { size: '${literal}' } },
          validation: [{ condition: '${length(var.sizes) > 0}', error_message: 'none' }],
        },
      },
    },
  },
  {
    name: 'a local as a constant, in parentheses where it is an operand',
    hcl: `
      variable "a" { type = bool }
      locals {
        name  = "web"
        isOff = var.a || false
      }
      output "name" { value = "\${local.name}-x" }
      output "on" { value = !local.isOff && true }`,
    code: ["const name = 'web';"],
    json: {
      variable: { a: { type: 'bool' } },
      output: { name: { value: 'web-x' }, on: { value: '${!(var.a || false) && true}' } },
    },
  },
  {
    name: 'a local into which something steps as a local of Terraform',
    hcl: `
      variable "given" { default = {} }
      locals { all = merge({ a = 1 }, var.given) }
      output "a" { value = local.all["a"] }`,
    json: {
      variable: { given: { default: {} } },
      locals: { all: '${merge({ "a" = 1 }, var.given)}' },
      output: { a: { value: '${local.all.a}' } },
    },
  },
  {
    name: 'functions of what is written out as calls, and join of several lists as none of a helper',
    hcl: `
      variable "more" { type = list(string) }
      output "a" { value = concat(["a"], var.more) }
      output "b" { value = join(" ", ["a"], var.more) }`,
    code: ["call('concat', ['a'], more.ref)", "call('join', ' ', ['a'], more.ref)"],
  },
  {
    name: 'functions as typed helpers, and what has none as source text with its references',
    hcl: `
      variable "words" { type = list(string) }
      output "a" { value = upper(join("-", var.words)) }
      output "b" { value = startswith(var.words[0], "x") }
      output "c" { value = [for word in var.words : "<\${word}>" if word != ""] }`,
    code: ["upper(join('-', words.ref))", `raw('startswith(', words.ref[0], ', "x")')`],
    json: {
      variable: { words: { type: 'list(string)' } },
      output: {
        a: { value: '${upper(join("-", var.words))}' },
        b: { value: '${startswith(var.words[0], "x")}' },
        c: { value: '${[for word in var.words : "<${word}>" if word != ""]}' },
      },
    },
  },
  {
    name: 'heredocs, indented or not, and text that only looks like a template',
    hcl: 'variable "x" {}\noutput "a" {\n  value = <<-EOT\n    one ${var.x}\n      $${two} "three" \\n\n  EOT\n}\n',
    json: {
      variable: { x: {} },
      output: { a: { value: 'one ${var.x}\n  $${two} "three" \\n\n' } },
    },
  },
  {
    name: 'templates with directives',
    hcl: `
      variable "on" { type = bool }
      output "a" { value = "x%{ if var.on } on%{ else } off%{ endif }" }`,
    json: {
      variable: { on: { type: 'bool' } },
      output: { a: { value: '${"x%{ if var.on } on%{ else } off%{ endif }"}' } },
    },
  },
  {
    name: 'keys that Terraform computes',
    hcl: `
      variable "app" { type = string }
      output "a" { value = { (var.app) = 1, "\${var.app}-b" = 2 } }`,
    json: {
      variable: { app: { type: 'string' } },
      output: { a: { value: '${{ ("${var.app}-b") = 2, (var.app) = 1 }}' } },
    },
  },
];

describe('a value', () => {
  it.each(cases)('becomes code: $name', expectCode);
});
