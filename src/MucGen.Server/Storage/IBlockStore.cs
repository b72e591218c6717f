using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>Whom accounts have blocked (XEP-0191). A completed change is on disk; the list goes with its account.</summary>
public interface IBlockStore
{
    /// <summary>All addresses that an account has blocked.</summary>
    ValueTask<IReadOnlyList<Jid>> LoadAsync(Jid owner, CancellationToken cancellationToken);

    /// <summary>Adds addresses and removes others; adding what is there and removing what is not is no error.</summary>
    ValueTask ChangeAsync(Jid owner, IReadOnlyList<Jid> added, IReadOnlyList<Jid> removed, CancellationToken cancellationToken);
}
