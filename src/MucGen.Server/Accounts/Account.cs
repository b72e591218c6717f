using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>The state of one account in memory: contacts and connected sessions. Changed by its actor's turns only.</summary>
public sealed class Account(Jid address, bool exists)
{
    private readonly SortedDictionary<string, Contact> contacts = new(StringComparer.Ordinal);
    private readonly List<Resource> resources = [];

    /// <summary>The bare address.</summary>
    public Jid Address => address;

    /// <summary>Whether there is such an account. To others, one that does not exist looks like one that has nobody online.</summary>
    public bool Exists { get; set; } = exists;

    /// <summary>All contacts, by address; those not on the roster included.</summary>
    public IReadOnlyCollection<Contact> Contacts => contacts.Values;

    /// <summary>The connected sessions, oldest first.</summary>
    public IReadOnlyList<Resource> Resources => resources;

    /// <summary>When the last resource went.</summary>
    public LastSeen? LastSeen { get; set; }

    /// <summary>Whom the account has blocked.</summary>
    public BlockList Blocked { get; set; } = BlockList.Empty;

    /// <summary>How much waits for somebody to take it.</summary>
    public WaitingMessages Waiting { get; set; }

    /// <summary>The contact of a bare address; <see cref="Contact.Unknown"/> when there is none.</summary>
    public Contact Find(Jid contact) => contacts.GetValueOrDefault(contact.ToString()) ?? Contact.Unknown(contact);

    /// <summary>The connected session of a full address.</summary>
    public Resource? FindResource(Jid fullJid)
    {
        foreach (var resource in resources)
        {
            if (resource.FullJid == fullJid)
                return resource;
        }

        return null;
    }

    /// <summary>Whether somebody may see this account's presence: its owner, and contacts subscribed to it.</summary>
    public bool IsSeenBy(Jid other) => other.Bare == address || Find(other.Bare).IsSeenByContact;

    /// <summary>Keeps a contact as it is now.</summary>
    public void Set(Contact contact) => contacts[contact.Jid.ToString()] = contact;

    /// <summary>Forgets a contact.</summary>
    public void Remove(Jid contact) => contacts.Remove(contact.ToString());

    /// <summary>Forgets all contacts.</summary>
    public void Clear() => contacts.Clear();

    /// <summary>Adds a session.</summary>
    public void Add(Resource resource) => resources.Add(resource);

    /// <summary>Removes a session.</summary>
    public void Remove(Resource resource) => resources.Remove(resource);
}
