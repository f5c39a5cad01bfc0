/** What an example of an app says in its own way; the rest is the same for all. */
interface Example {
  /** The version of its types: `_v1`, or nothing for those that the provider gave up. */
  readonly version?: string;
  readonly deployment?: string;
  readonly container?: string;
  readonly pod?: string;
  readonly ingress?: string;
  readonly host?: string;
}

/** HCL of an app with its Service and Ingress, for tests. */
export const appHcl = ({
  version = '_v1',
  deployment = '',
  container = '',
  pod = '',
  ingress = '',
  host = 'photos.home.example',
}: Example = {}): string => `
  locals { labels = { app = "photos" } }
  resource "kubernetes_namespace_v1" "apps" {
    metadata { name = "apps" }
  }
  resource "kubernetes_deployment${version}" "web" {
    ${deployment}
    metadata {
      name      = "photos"
      namespace = kubernetes_namespace_v1.apps.metadata[0].name
    }
    spec {
      selector { match_labels = local.labels }
      template {
        metadata { labels = local.labels }
        spec {
          container {
            name  = "web"
            image = "example.org/photos:1.4.2"
            port { container_port = 3000 }
            ${container}
          }
          ${pod}
        }
      }
    }
  }
  resource "kubernetes_service${version}" "web" {
    metadata {
      name      = "photos"
      namespace = kubernetes_namespace_v1.apps.metadata.0.name
    }
    spec {
      selector = { app = kubernetes_deployment${version}.web.spec.0.template.0.metadata.0.labels.app }
      port {
        port        = 80
        target_port = "3000"
      }
    }
  }
  resource "kubernetes_ingress_v1" "web" {
    ${ingress}
    metadata {
      name      = "photos"
      namespace = "apps"
    }
    spec {
      rule {
        host = "${host}"
        http {
          path {
            path_type = "Prefix"
            backend {
              service {
                name = kubernetes_service${version}.web.metadata[0].name
                port { number = kubernetes_service${version}.web.spec[0].port[0].port }
              }
            }
          }
        }
      }
    }
  }`;

/** Asks for memory, so that nothing has to be guessed. */
export const memory = 'resources { requests = { memory = "96Mi" } }';
