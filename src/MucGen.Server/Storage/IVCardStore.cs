using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>The vCards of accounts (XEP-0054). A completed change is on disk; an account's vCard goes with the account.</summary>
public interface IVCardStore
{
    /// <summary>An account's vCard, the element as it was sent; null when it has none.</summary>
    ValueTask<byte[]?> FindAsync(Jid owner, CancellationToken cancellationToken);

    /// <summary>Replaces an account's vCard.</summary>
    ValueTask SaveAsync(Jid owner, byte[] card, CancellationToken cancellationToken);
}
