variable "address" {
  description = "Host and port of the server, without a scheme"
  type        = string
  default     = "127.0.0.1:7240"
}

variable "protocol" {
  description = "HTTP for a sandbox on this machine, HTTPS everywhere else"
  type        = string
  default     = "HTTP"
}

variable "remote_access_id" {
  description = "Id of the SAG APP instance that gets a user"
  type        = string
}

variable "password" {
  description = "Password of that user"
  type        = string
  sensitive   = true
}
