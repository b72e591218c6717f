namespace MucGen.Transcripts.Tcp;

/// <summary>Where and how clients connect.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port of client streams.</param>
/// <param name="Tls">Whether to insist on STARTTLS; any certificate is accepted, this is a test tool.</param>
/// <param name="Register">Whether to create each account by XEP-0077 before it first logs in; an existing one is fine.</param>
/// <param name="Mechanism">The SASL mechanism to use, or null for the strongest that both sides know.</param>
public sealed record TcpOptions(string Host, int Port, bool Tls = false, bool Register = false, string? Mechanism = null);
